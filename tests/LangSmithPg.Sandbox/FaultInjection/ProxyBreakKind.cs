namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>How a connection ends.</summary>
public enum ProxyBreakKind
{
    /// <summary>With a reset, as of a firewall.</summary>
    Reset,

    /// <summary>In order, as of a program that ends.</summary>
    Close,

    /// <summary>Without a word: nothing more comes through, and nobody is told.</summary>
    Vanish,
}
