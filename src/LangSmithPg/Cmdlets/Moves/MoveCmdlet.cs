using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Moves;

namespace LangSmithPg.Cmdlets.Moves;

/// <summary>A cmdlet that moves a database from one server to another: the source, and the targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MoveCmdlet : ServerCmdlet
{
    PgConnectionString? _source;

    /// <summary>The database that is moved: an object of New-LangSmithPgConnectionString, text in any common form, or an object that describes it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Source")]
    [NullConnection]
    public ConnectionInput From { get; set; } = null!;

    /// <summary>
    /// The empty database that it is moved to. An access token, a client certificate and CA certificates that are specified are for this side
    /// only; the connection of the source specifies its own.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Target", "Connection", "InputObject")]
    [NullConnection]
    public ConnectionInput[] To { get; set; } = [];

    /// <summary>What the databases are for; the connection's own purpose by default, which is LangSmith itself unless specified.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var sources = Accept([From], Changes).Concat(AcceptRest(Changes)).ToList();
        if (sources.Count > 1)
        {
            ThrowTerminatingError(ErrorRecords.SeveralSources(sources.Select(one => one.Target)));
        }

        _source = sources.FirstOrDefault();
        if (_source is not null)
        {
            WarnOfStrangers(_source);
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => ProcessAll(Accept(To, Changes));

    /// <inheritdoc/>
    protected override void EndProcessing() => ProcessAll(AcceptRest(Changes));

    private protected abstract void Process(PgConnectionString source, PgConnectionString target);

    // What each side says, at the same time.
    private protected (MoveLook Source, MoveLook Target) LookAtBoth(PgConnectionString source, PgConnectionString target) => Await((say, cancellationToken) =>
        Postgres.Moves.MoveCheck.RunAsync(source, OptionsFor(source, say), target, OptionsFor(target, say), cancellationToken));

    private protected override bool TakesToken(PgConnectionString connection) => !ReferenceEquals(connection, _source);

    private protected override bool TakesClientCertificate(PgConnectionString connection) => !ReferenceEquals(connection, _source);

    private protected override bool TakesAuthorities(PgConnectionString connection) => !ReferenceEquals(connection, _source);

    PartialConnection Changes => new() { Purpose = Purpose };

    void ProcessAll(IEnumerable<PgConnectionString> targets)
    {
        foreach (var given in targets)
        {
            // Without a source, the error was written. One connection object may be both, and only one of them takes the token.
            if (_source is not null)
            {
                var target = given.WithPassword(given.Password);
                WarnOfStrangers(target);
                Process(_source, target);
            }
        }
    }
}
