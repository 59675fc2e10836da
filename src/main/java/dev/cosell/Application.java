package dev.cosell;

public final class Application {
    private Application() {}
    public static void main(String[] args) {}
}
