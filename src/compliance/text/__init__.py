"""Norwegian text: normal form, words, sentences, language, meaning."""
