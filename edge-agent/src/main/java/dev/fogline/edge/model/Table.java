package dev.fogline.edge.model;

import java.util.List;
import java.util.stream.IntStream;

/** Rows in columns, two spaces in and two between. */
final class Table {
    private Table() {}

    /** All rows have as many cells as the first. */
    static List<String> lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int column = 0; column < columns; column++) {
                        String cell = row.get(column);
                        line.append("  ").append(cell).repeat(" ", widths[column] - cell.length());
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
