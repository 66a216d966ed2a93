using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Completion;
using LangSmithPg.Servers;

namespace LangSmithPg.Completion;

/// <summary>
/// Offers names that the server has, where the line says how to log in: with a connection, or with its parts. The user at the prompt
/// waits for two seconds at most, is asked nothing, and is told nothing of what went wrong.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ServerNameCompleter : IArgumentCompleter
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(commandAst);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        try
        {
            var line = new CommandLineConnection(commandAst, fakeBoundParameters, parameterName, Patience);
            return line.Read() is { } connection ? Completions.Of(Ask(connection, line), wordToComplete) : [];
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            return [];
        }
    }

    private protected abstract NameKind Kind { get; }

    // Apart, so that Npgsql is loaded when it is needed.
    IReadOnlyList<(string, string)> Ask(PgConnectionString connection, CommandLineConnection line) =>
        NameQuery.ListAsync(connection, Kind, line.Options(), CancellationToken.None).GetAwaiter().GetResult();
}
