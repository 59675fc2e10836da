-- Dynamics 365 is asked for opportunities and solution rows in one call, so both positions are one: the second stands behind a bar.
UPDATE watermark SET position = position || '|' || (SELECT s.position FROM watermark s WHERE s.source = 'dynamics-solutions')
WHERE source = 'dynamics'
  AND EXISTS (SELECT 1 FROM watermark s WHERE s.source = 'dynamics-solutions' AND CHAR_LENGTH(s.position) + CHAR_LENGTH(watermark.position) < 40000);

DELETE FROM watermark WHERE source = 'dynamics-solutions';
