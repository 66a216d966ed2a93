using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Connections;

namespace LangSmithPg.Completion;

/// <summary>Offers the TLS modes, weakest first, as they are spelt here or, to who begins so, as in a connection string.</summary>
public sealed class SslModeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var hasDash = wordToComplete?.Contains('-', StringComparison.Ordinal) == true;
        return Completions.Of(Enum.GetValues<SslMode>().Select(mode => (hasDash ? mode.ToText() : mode.ToString(), Describe(mode))), wordToComplete);
    }

    static string Describe(SslMode mode) => mode switch
    {
        SslMode.Disable => "never TLS",
        SslMode.Allow => "TLS only if the server insists",
        SslMode.Prefer => "TLS if the server offers it",
        SslMode.Require => "TLS always; the certificate is not checked",
        SslMode.VerifyCa => "TLS always; the certificate comes from a trusted authority",
        _ => "TLS always; the certificate comes from a trusted authority and names the host",
    };
}
