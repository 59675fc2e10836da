package dev.cosell.mapping;

/** Where the sync finds the field tables that are in force; they change while the application runs. */
public interface Mappings {
    CrmMapping of(String crm);
}
