using LangSmithPg.SupportQueries;
using Npgsql;

namespace LangSmithPg.Postgres.SupportQueries;

/// <summary>Sends the statements of a script, and streams what they give.</summary>
/// <param name="session">The session.</param>
/// <param name="request">The script.</param>
/// <param name="timeout">How long the server may say nothing, in seconds; 0 for no limit.</param>
sealed class StatementSender(NpgsqlConnection session, SupportQueryRequest request, int timeout)
{
    // A page waits until it is taken: the next rows are not read, and the server waits.
    const int RowsPerPage = 256;
    const int CharactersPerPage = 64 * 1024;

    /// <summary>Sends a statement, and writes its rows.</summary>
    public async Task SendAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        await using var command = await CreateAsync(statement, cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (reader.FieldCount == 0)
        {
            return;
        }

        var types = Types(reader);
        var columns = ResultColumns.Of(Names(reader));
        List<object?[]> rows = [];
        var characters = 0;
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = new object?[types.Length];
                for (var column = 0; column < row.Length; column++)
                {
                    var text = Text(reader, column);
                    characters += text?.Length ?? 0;
                    row[column] = text is null || request.AsText ? text : PgValue.Convert(types[column], text);
                }

                rows.Add(row);
                if (rows.Count == RowsPerPage || characters > CharactersPerPage)
                {
                    await request.Write(new(columns, rows), cancellationToken);
                    (rows, characters) = ([], 0);
                }
            }

            if (rows.Count > 0)
            {
                await request.Write(new(columns, rows), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Otherwise the rest would be read to its end.
            command.Cancel();
            throw;
        }
    }

    /// <summary>Sends a query, and takes its only row into variables.</summary>
    public async Task FillAsync(ScriptStatement statement, string prefix, ScriptVariables variables, CancellationToken cancellationToken)
    {
        await using var command = await CreateAsync(statement, cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw SupportQueryException.Invalid(statement.Line, @"\gset expects one row, and the query has none.");
        }

        (string Name, string? Value)[] values = [.. Names(reader).Select((name, column) => (prefix + name, Text(reader, column)))];
        if (await reader.ReadAsync(cancellationToken))
        {
            command.Cancel();
            throw SupportQueryException.Invalid(statement.Line, @"\gset expects one row, and the query has more.");
        }

        foreach (var (name, value) in values)
        {
            if (value is null)
            {
                variables.Unset(name);
            }
            else
            {
                variables.Set(name, value, statement.Line);
            }
        }
    }

    /// <summary>Sends <c>COPY … TO STDOUT</c>, and writes its lines.</summary>
    public async Task CopyAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        await VerifyAsync(statement, cancellationToken);
        using var reader = await session.BeginTextExportAsync(statement.Text, cancellationToken);
        reader.Timeout = timeout * 1000;
        List<object?[]> rows = [];
        var characters = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            rows.Add([line]);
            characters += line.Length;
            if (rows.Count == RowsPerPage || characters > CharactersPerPage)
            {
                await request.Write(new(Columns: null, rows), cancellationToken);
                (rows, characters) = ([], 0);
            }
        }

        await request.Write(new(Columns: null, rows), cancellationToken);
    }

    // As text, every type has a value: also those that Npgsql does not know, and values that no object of .NET can hold.
    async Task<NpgsqlCommand> CreateAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (statement.Text.Contains(';', StringComparison.Ordinal))
        {
            await VerifyAsync(statement, cancellationToken);
        }

        return new(statement.Text, session) { AllResultTypesAreUnknown = true, CommandTimeout = timeout };
    }

    // Npgsql would send a text with semicolons as several statements, and COPY as it is. Prepared, the text must be one statement: Npgsql
    // refuses more of them, and so does the server, who knows best where a statement ends.
    async Task VerifyAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(session) { BatchCommands = { new(statement.Text) }, Timeout = timeout };
        await batch.PrepareAsync(cancellationToken);
    }

    static IEnumerable<string> Names(NpgsqlDataReader reader) => Enumerable.Range(0, reader.FieldCount).Select(reader.GetName);

    static uint[] Types(NpgsqlDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeOID)];

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
