"""What charts are drawn with: a chart and its keys, columns, colours, arrows and marks."""
