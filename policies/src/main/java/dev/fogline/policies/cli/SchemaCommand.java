package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code policy schema}: prints the JSON schema of a policy file, for editors. */
public final class SchemaCommand {
    private SchemaCommand() {}

    public static void main(String[] arguments) {
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).print(Policy.schema());
    }
}
