using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Helm;

/// <summary>The values of the LangSmith chart that lead it to an external PostgreSQL. Source: the chart's own values.yaml and templates.</summary>
static class ConnectionValues
{
    /// <summary>The overlay for a connection that lies in a Secret: the values hold no secret.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="secretName">Name of the Secret.</param>
    /// <param name="secretKey">Key of the connection in it.</param>
    /// <exception cref="ArgumentException">The name or key is not valid in Kubernetes, or the chart would turn it into a number or a Boolean.</exception>
    public static HelmValues ForSecret(PgConnectionString connection, string secretName, string secretKey = KubernetesSecret.DefaultConnectionKey)
    {
        var values = Enable().With(External("existingSecretName"), Unquoted(KubernetesNames.RequireObjectName(secretName)));
        Unquoted(KubernetesNames.RequireSecretKey(secretKey));
        if (secretKey != KubernetesSecret.DefaultConnectionKey)
        {
            values = values.With(External("connectionUrlSecretKey"), secretKey);
        }

        return AddChoices(values, connection);
    }

    /// <summary>The overlay with the connection itself in it, password included.</summary>
    /// <param name="connection">The connection.</param>
    public static HelmValues WithConnectionUrl(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return AddChoices(Enable().With(External("connectionUrl"), connection.ToPlainText(), connection.HasPassword), connection);
    }

    /// <summary>An overlay with the certificates that the pods mount: the CA certificates that they trust, and the client certificate that they present.</summary>
    /// <param name="values">The overlay for the connection.</param>
    /// <param name="authorities">The Secret with the CA certificates, or null for public CAs.</param>
    /// <param name="client">The Secret with the client certificate, or null for none.</param>
    public static HelmValues WithCertificates(HelmValues values, CaSecret? authorities, MtlsSecret? client)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (authorities is not null)
        {
            values = values.With(ValuesPath.Of("config.customCa.secretName"), authorities.Name)
                .With(ValuesPath.Of("config.customCa.secretKey"), authorities.Key);
        }

        // The chart refuses a client certificate without customTls.
        values = authorities is null && client is null ? values : values.With(External("customTls"), true);
        return client is null
            ? values
            : values.With(ClientCert("secretName"), client.Name)
                .With(ClientCert("certSecretKey"), client.CertificateKey)
                .With(ClientCert("keySecretKey"), client.PrivateKeyKey);
    }

    // The chart's templates write the Secret's name and key so.
    static string Unquoted(string name) => YamlScalars.IsTextUnquoted(name)
        ? name
        : throw new InvalidNameException(name, $"The chart writes '{name}' without quotes, and YAML would not read it as a string. Choose a name that begins with a letter and is not a YAML keyword such as true.");

    static HelmValues Enable() => HelmValues.Empty.With(External("enabled"), true);

    static HelmValues AddChoices(HelmValues values, PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Schema != PgConnectionString.DefaultSchema)
        {
            values = values.With(External("schema"), connection.Schema);
        }

        // Tells LangSmith's own code (POSTGRES_TLS) that the certificate is to be verified; without it sslrootcert=system is not understood.
        if (connection.SslMode >= SslMode.VerifyCa || connection.UsesSystemRootCertificate)
        {
            values = values.With(External("customTls"), true);
        }

        if (connection.IamAuthProvider is { } provider)
        {
            // The chart passes any text on; LangSmith knows these in lower case.
            values = values.With(External("iamAuthProvider"), provider.ToString().ToLowerInvariant());
        }

        return values;
    }

    static ValuesPath External(string key) => new("postgres", "external", key);

    static ValuesPath ClientCert(string key) => new("postgres", "external", "clientCert", key);
}
