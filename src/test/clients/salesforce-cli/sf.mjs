// The Salesforce CLI with the plugins of its release that the cases use. It is what its own start does with these plugins and twenty-five more,
// among them those that look for a newer version, report what people do, and deploy.

import { execute } from '@oclif/core';

await execute({ dir: import.meta.url });
