namespace Sasaeai.Tables;

/// <summary>A file that is not read. The message is a Japanese sentence for the person who chose the file.</summary>
public sealed class TableRefusedException(string message, Exception? inner = null) : Exception(message, inner);
