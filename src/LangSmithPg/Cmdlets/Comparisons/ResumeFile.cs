using System.Text;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Cmdlets.Comparisons;

/// <summary>The file of the tables that are equal, written line by line, so that a run that is cut off loses nothing.</summary>
sealed class ResumeFile : IDisposable
{
    readonly StreamWriter _writer;

    ResumeFile(StreamWriter writer, IReadOnlyDictionary<string, KnownTable> known) => (_writer, Known) = (writer, known);

    /// <summary>The tables that earlier runs recorded.</summary>
    public IReadOnlyDictionary<string, KnownTable> Known { get; }

    /// <summary>Opens it, or creates it. Another run cannot write to it meanwhile.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="FormatException">It is another file.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read or written.</exception>
    public static ResumeFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var text = reader.ReadToEnd();
            var known = KnownTable.Read(text);
            var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
            if (text.Length > 0 && !text.EndsWith('\n'))
            {
                // The line that was cut off stays alone.
                writer.Write("\n");
            }

            return new(writer, known);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes a table.</summary>
    public void Add(KnownTable table) => _writer.Write(table.ToLine() + "\n");

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
