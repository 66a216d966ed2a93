namespace LangSmithPg.Sandbox.Npm;

/// <summary>A package could not be had, or is not what was pinned.</summary>
sealed class NpmException(string message, Exception? innerException = null) : Exception(message, innerException);
