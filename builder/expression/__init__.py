"""The one expression language 表达式: parsed once, checked in words, evaluated here and in the browser alike."""
