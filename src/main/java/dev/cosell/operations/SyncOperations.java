package dev.cosell.operations;

public final class SyncOperations {
    public java.util.List<String> getParked() { return java.util.List.of(); }
    public void pause(String crm) {}
    public void resume(String crm) {}
    public java.util.Map<String, Integer> getBacklog() { return java.util.Map.of(); }
}
