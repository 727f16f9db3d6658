"""Pages of money: what each thing costs and who pays, what was paid, and reports that money was asked."""
