using LangSmithPg.Connections.Reading;
using LangSmithPg.EnvFiles;

namespace LangSmithPg.Yaml.Connections;

/// <summary>Finds the connections in a file or in the output of a command, whatever its format is.</summary>
static class ConnectionFile
{
    static readonly string[] PasswordFiles = [".pgpass", "pgpass.conf"];
    static readonly string[] ServiceFiles = [".pg_service.conf", "pg_service.conf"];

    /// <summary>Finds them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The name of the file, or null for a text without one.</param>
    /// <exception cref="FormatException">The text is not valid in its format. The message says where, and nothing of what stands there.</exception>
    public static IReadOnlyList<FoundConnection> Read(string text, string? fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        if (PasswordFiles.Contains(fileName, StringComparer.OrdinalIgnoreCase))
        {
            return [.. FileConnections.FromPasswords(text)];
        }

        if (ServiceFiles.Contains(fileName, StringComparer.OrdinalIgnoreCase))
        {
            return [.. FileConnections.FromServices(text)];
        }

        return TextKinds.IsEnv(text) || fileName?.EndsWith(".env", StringComparison.OrdinalIgnoreCase) is true ? FromEnv(text) : [.. DocumentReader.Read(text).SelectMany(DocumentConnections.Find)];
    }

    static IReadOnlyList<FoundConnection> FromEnv(string text)
    {
        try
        {
            return [.. FileConnections.FromEnv(text)];
        }
        catch (EnvFileException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }
}
