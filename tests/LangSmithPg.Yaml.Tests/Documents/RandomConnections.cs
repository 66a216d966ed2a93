using CsCheck;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Yaml.Tests.Documents;

/// <summary>Connections with hostile users, passwords, databases and schemas.</summary>
static class RandomConnections
{
    static readonly Gen<string> Name = HostileTexts.Any.Where(text => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal));

    static readonly Gen<string> Schema = Name.Where(name => System.Text.Encoding.UTF8.GetByteCount(name) <= 63);

    static readonly SslMode?[] Modes = [null, SslMode.Disable, SslMode.VerifyCa, SslMode.VerifyFull];

    static readonly Gen<SslMode?> Mode = Gen.Int[0, Modes.Length - 1].Select(index => Modes[index]);

    /// <summary>With a password, or with the identity of a cloud.</summary>
    public static Gen<PgConnectionString> Any { get; } =
        Gen.OneOf(
            Gen.Select(Name, Name, Name, Schema, Mode, (user, password, database, schema, mode) => new ConnectionParts
            {
                HostName = "db.example.com",
                UserName = user,
                Password = Secret.From(password),
                Database = database,
                Schema = schema,
                SslMode = mode,
            }),
            Gen.Select(Name, Name, Gen.Enum<IamAuthProvider>(), (user, database, provider) => new ConnectionParts
            {
                HostName = "10.0.0.1",
                UserName = user,
                Database = database,
                SslMode = SslMode.Require,
                IamAuthProvider = provider,
            }))
        .Select(parts => PgConnectionString.FromParts(parts).Require());
}
