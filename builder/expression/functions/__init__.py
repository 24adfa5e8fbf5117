"""The functions 函数 of the expression language, one file for each group."""
