namespace LangSmithPg.Connections.Drivers;

/// <summary>The part of a connection that a reader takes for something else.</summary>
public enum ConnectionPart
{
    /// <summary>The text as a whole.</summary>
    Text,

    /// <summary>The host or hosts.</summary>
    Host,

    /// <summary>The port or ports.</summary>
    Port,

    /// <summary>The database.</summary>
    Database,

    /// <summary>The user name.</summary>
    UserName,

    /// <summary>The password.</summary>
    Password,

    /// <summary>A parameter is dropped or has another value.</summary>
    Parameter,

    /// <summary>A parameter goes to the server as a setting, although it is none.</summary>
    ServerSetting,

    /// <summary>How much TLS is asked for.</summary>
    Tls,
}
