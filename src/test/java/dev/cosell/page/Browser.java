package dev.cosell.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person in front of the page, in Debian's Chromium: knows what can be seen, clicked and typed. */
final class Browser implements AutoCloseable {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String AXE = resource("/axe.min.js");

    private final ChromeDriver driver;
    private final String address;

    Browser(int port) {
        ChromeOptions options = new ChromeOptions().addArguments("--headless=new", "--no-sandbox",
                "--disable-dev-shm-usage", "--disable-gpu",
                "--disable-background-networking", "--window-size=1280,900");
        options.setBinary(program("chromium").toFile());
        this.driver = new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile()).build(), options);
        this.address = "http://127.0.0.1:" + port;
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("The tests of the page need " + name
                + ": apt-get install chromium chromium-driver"));
    }

    void open(String hash) {
        driver.get(address + "/" + hash);
    }

    /** As a page that was just loaded, whatever was shown before. */
    void afresh(String hash) {
        driver.get("about:blank");
        open(hash);
    }

    void width(int pixels) {
        driver.manage().window().setSize(new Dimension(pixels, 900));
        // A window of a desktop is never as narrow as a telephone.
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean wanted) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name",
                "prefers-color-scheme", "value", wanted ? "dark" : "light"))));
    }

    /** All text that can be seen. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    void sees(String text) {
        wait("\"" + text + "\" in\n", () -> text().contains(text));
    }

    void seesNoMore(String text) {
        wait("no more \"" + text + "\" in\n", () -> !text().contains(text));
    }

    void focuses(String id) {
        wait("the focus on " + id + " in\n", () -> id.equals(run("return document.activeElement.id")));
    }

    private void wait(String what, java.util.function.BooleanSupplier until) {
        new WebDriverWait(driver, PATIENCE).withMessage(() -> "expected " + what + text())
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(now -> until.getAsBoolean());
    }

    void follow(String link) {
        click(By.partialLinkText(link));
    }

    void press(String button) {
        click(By.xpath("//button[normalize-space()='" + button + "' and not(@disabled)]"));
    }

    /** What is live may be drawn anew between the look and the click. */
    private void click(By what) {
        new WebDriverWait(driver, PATIENCE).withMessage(() -> "nothing to click at " + what + " in\n" + text())
                .ignoring(org.openqa.selenium.WebDriverException.class).until(now -> {
                    now.findElement(what).click();
                    return true;
                });
    }

    void agree() {
        new WebDriverWait(driver, PATIENCE).until(now -> {
            now.switchTo().alert().accept();
            return true;
        });
    }

    /** Answers no to what the page asks back, and tells what that was. */
    String refuse() {
        return new WebDriverWait(driver, PATIENCE).until(now -> {
            Alert asked = now.switchTo().alert();
            String question = asked.getText();
            asked.dismiss();
            return question;
        });
    }

    /** As somebody who has typed a password into the browser's own window. */
    void signIn(String name, String password) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)))));
    }

    void search(String text) {
        WebElement field = new WebDriverWait(driver, PATIENCE).until(now -> now.findElement(By.name("text")));
        field.clear();
        field.sendKeys(text + "\n");
    }

    /** Puts a text where another one stands, as pasting does. */
    void paste(String field, String text) {
        WebElement there = new WebDriverWait(driver, PATIENCE).until(now -> now.findElement(By.name(field)));
        driver.executeScript("arguments[0].value = arguments[1]", there, text);
    }

    String content(String field) {
        return driver.findElement(By.name(field)).getDomProperty("value");
    }

    void open(String summary, boolean byKey) {
        WebElement there = new WebDriverWait(driver, PATIENCE).until(now -> now.findElement(
                By.xpath("//summary[normalize-space()='" + summary + "']")));
        if (byKey) {
            there.sendKeys(org.openqa.selenium.Keys.ENTER);
        } else {
            there.click();
        }
    }

    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    String focused() {
        return driver.switchTo().activeElement().getText();
    }

    Object run(String script) {
        return ((JavascriptExecutor) driver).executeScript(script);
    }

    /** What the browser complains of, such as a script that the policy forbids. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream().map(entry -> entry.getMessage()).toList();
    }

    /** What axe-core finds on what is shown that keeps some people from using it: serious and critical faults. */
    List<String> barriers() {
        return found("{ resultTypes: ['violations'] }");
    }

    /** The same for one rule of axe-core. */
    List<String> barriers(String rule) {
        return found("{ resultTypes: ['violations'], runOnly: ['" + rule + "'] }");
    }

    private List<String> found(String options) {
        run(AXE);
        Object found = driver.executeAsyncScript("const done = arguments[0]; axe.run(document, " + options
                + ").then(found => done(found.violations.filter(each => ['serious', 'critical']"
                + ".includes(each.impact)).flatMap(each => each.nodes.map(node => each.id + ': ' + node.html + ' '"
                + " + node.failureSummary))), fault => done([String(fault)]))");
        return ((List<?>) found).stream().map(Object::toString).toList();
    }

    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
