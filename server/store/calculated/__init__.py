"""Calculated columns in SQL 计算列: an expression's plan, step by step."""
