namespace LangSmithPg.Common;

/// <summary>The language that a remedy is written in.</summary>
public enum RemedyKind
{
    /// <summary>A sentence for a person.</summary>
    Text,

    /// <summary>SQL that runs as it stands, in psql or any other client.</summary>
    Sql,

    /// <summary>Command lines for PowerShell or another shell; <c>&lt;name&gt;</c> marks what to fill in.</summary>
    Shell,

    /// <summary>Lines of an ini file, such as <c>pgbouncer.ini</c>.</summary>
    Ini,

    /// <summary>A path in a Helm values file and its value, such as <c>postgres.external.enabled: true</c>.</summary>
    Values,
}
