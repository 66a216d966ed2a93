using System.Net;
using System.Security;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Iam;

/// <summary>A token that logs in to PostgreSQL in place of a password, for a while. It shows itself without the token.</summary>
public sealed class AccessToken
{
    readonly Secret _text;

    /// <summary>Makes one.</summary>
    /// <param name="provider">Whose it is.</param>
    /// <param name="text">The token.</param>
    /// <param name="expiresOn">When it ends.</param>
    /// <param name="source">What gave it, such as <c>ManagedIdentityCredential</c>; no secret.</param>
    public AccessToken(IamAuthProvider provider, Secret text, DateTimeOffset expiresOn, string source) =>
        (Provider, _text, ExpiresOn, Source) = (provider, text, expiresOn, source);

    /// <summary>Whose it is.</summary>
    public IamAuthProvider Provider { get; }

    /// <summary>When it ends. A connection that it opened goes on.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>What gave it.</summary>
    public string Source { get; }

    /// <summary>The token.</summary>
    public SecureString Token => new NetworkCredential("", _text.Reveal()).SecurePassword;

    /// <summary>The token, for those who hand it on.</summary>
    public Secret GetSecret() => _text;

    /// <inheritdoc/>
    public override string ToString() => $"{Provider} token of {Source}, until {ExpiresOn:u}";
}
