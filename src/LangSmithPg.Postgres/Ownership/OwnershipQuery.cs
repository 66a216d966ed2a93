using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Ownership;

/// <summary>Asks a server for what a role owns.</summary>
static class OwnershipQuery
{
    static readonly string Text = SqlResource.Read("transfer.sql");

    public static async Task<OwnershipFacts> AskAsync(
        NpgsqlConnection session, OwnershipRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        OwnershipFactsJson.Read(await ReadOnlyQuery.ReadTextAsync(session, Text, [request.From, request.To], timeout, cancellationToken));
}
