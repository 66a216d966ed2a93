namespace LangSmithPg.Sql;

/// <summary>Blocks of PL/pgSQL in SQL text.</summary>
static class SqlBlock
{
    const string Tag = "langsmithpg";

    /// <summary>A block that is run at once.</summary>
    /// <param name="body">The block, from <c>DECLARE</c> or <c>BEGIN</c> to <c>END</c>.</param>
    public static string Do(string body)
    {
        // A name in it may hold the end of a quotation.
        var quote = $"${Tag}$";
        for (var number = 1; body.Contains(quote, StringComparison.Ordinal); number++)
        {
            quote = $"${Tag}{number}$";
        }

        return $"DO {quote}\n{body}\n{quote};";
    }
}
