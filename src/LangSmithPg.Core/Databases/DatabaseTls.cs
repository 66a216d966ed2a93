namespace LangSmithPg.Databases;

/// <summary>How values configure the TLS of a database of a LangSmith release.</summary>
public enum DatabaseTls
{
    /// <summary>Parameters of the connection URL, and certificates that the chart mounts: a private CA, a client certificate.</summary>
    UrlAndCertificates,

    /// <summary>Parameters of the connection URL alone.</summary>
    Url,

    /// <summary>On or off. There is no setting for a private CA or a client certificate.</summary>
    OnOrOff,
}
