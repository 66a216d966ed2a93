using System.Text;
using LangSmithPg.Files;

namespace LangSmithPg.SupportQueries;

/// <summary>A script for psql, read and checked before anything is sent.</summary>
sealed class SupportScript
{
    // LangChain's own have up to 4 KiB.
    const int MostBytes = 4 * 1024 * 1024;

    readonly IReadOnlyList<SqlToken> _tokens;

    SupportScript(string path, IReadOnlyList<SqlToken> tokens) => (Path, _tokens) = (path, tokens);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Reads a file: UTF-8, or UTF-16 with its byte order mark.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="SupportQueryException">It is not a script.</exception>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SupportScript Open(string path) => Read(path, Decode(SharedFile.ReadAllBytes(path, MostBytes)));

    /// <summary>Reads a text.</summary>
    /// <param name="path">What it is called.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="SupportQueryException">It is not a script.</exception>
    public static SupportScript Read(string path, string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw SupportQueryException.Invalid(line: 0, "The file is not a text file.")
        : new(path, SqlLexer.Read(text.Replace("\r\n", "\n", StringComparison.Ordinal)));

    /// <summary>Checks it without executing it, as far as it does not depend on what the server answers.</summary>
    /// <param name="variables">The values of the variables.</param>
    /// <param name="allowsWrites">Whether it may write.</param>
    /// <param name="isUndone">Whether all that it does is to be undone.</param>
    /// <exception cref="SupportQueryException">It must not be executed.</exception>
    public void Check(IReadOnlyDictionary<string, string> variables, bool allowsWrites, bool isUndone)
    {
        foreach (var statement in new ScriptRun(_tokens, new(variables), isRehearsal: true).Read().OfType<ScriptStatement>())
        {
            if (StatementRules.Check(statement, allowsWrites, isUndone) == StatementKind.Copy && statement.VariablePrefix is not null)
            {
                throw SupportQueryException.Invalid(statement.Line, @"\gset follows COPY, which has no row.");
            }
        }
    }

    /// <summary>Executes it, step by step.</summary>
    /// <param name="variables">The variables, which the steps change.</param>
    /// <exception cref="SupportQueryException">It cannot be executed further.</exception>
    public IEnumerable<ScriptStep> Run(ScriptVariables variables) => new ScriptRun(_tokens, variables, isRehearsal: false).Read();

    static string Decode(byte[] bytes)
    {
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        try
        {
            var mark = bytes.AsSpan().StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
            return encoding.GetString(bytes, mark, bytes.Length - mark);
        }
        catch (DecoderFallbackException exception)
        {
            throw new SupportQueryException(
                SupportQueryProblemKind.ScriptInvalid, line: 0, $"The file is not valid {encoding.WebName.ToUpperInvariant()} at byte {exception.Index + 1}.", "Save it as UTF-8.");
        }
    }
}
