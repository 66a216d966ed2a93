using LangSmithPg.Common;

namespace LangSmithPg.Connections;

/// <summary>What came of reading or building a connection. Reading never throws: what is wrong is in the diagnostics.</summary>
/// <param name="Connection">The connection, or null when there are errors.</param>
/// <param name="Format">The form the text was in, or null when it has none or the connection was given in parts.</param>
/// <param name="Diagnostics">Errors and warnings, in the order of the text.</param>
public sealed record ConnectionResult(
    PgConnectionString? Connection, ConnectionStringFormat? Format, IReadOnlyList<ConnectionDiagnostic> Diagnostics)
{
    /// <summary>False when a parameter's name may be a piece of a password, and is not to be shown.</summary>
    internal bool NamesParameters { get; init; } = true;

    /// <summary>What makes the connection unusable.</summary>
    public IEnumerable<ConnectionDiagnostic> Errors => Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error);

    /// <summary>What will surprise somebody.</summary>
    public IEnumerable<ConnectionDiagnostic> Warnings => Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Warning);

    /// <summary>The connection.</summary>
    /// <exception cref="ConnectionStringException">There are errors.</exception>
    public PgConnectionString Require() => Connection ?? throw new ConnectionStringException([.. Errors]);
}
