using System.Text;
using LangSmithPg.Postgres.Connections;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>Reads a text of a row piece by piece, so that a server that never ends takes no more memory than an honest one may.</summary>
static class BoundedText
{
    // The facts of a hundred thousand tables are a hundredth of it.
    const int Limit = 64 * 1024 * 1024;

    /// <summary>Reads the first column. The reader has to be one with sequential access.</summary>
    /// <param name="reader">The reader, on a row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AnswerTooLargeException">It is too long.</exception>
    public static async Task<string> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        using var text = await reader.GetTextReaderAsync(0, cancellationToken);
        var whole = new StringBuilder();
        var buffer = new char[16_384];
        for (int count; (count = await text.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            whole.Append(buffer, 0, count);
            if (whole.Length > Limit)
            {
                throw new AnswerTooLargeException(Limit);
            }
        }

        return whole.ToString();
    }
}
