using System.Data.Common;
using System.Text;
using CsCheck;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>What is written in any form is read back as it was.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void A_million_connections_in_LangSmiths_form() => Samples.Legal.Sample(
        parts =>
        {
            var connection = PgConnectionString.FromParts(parts).Require();
            return connection.Equals(PgConnectionString.Parse(connection.ToPlainText()).Connection);
        },
        iter: 1_000_000);

    [Fact]
    public void Urls() => Samples.Legal.Sample(
        parts =>
        {
            var connection = PgConnectionString.FromParts(parts).Require();
            return connection.Equals(PgConnectionString.Parse(connection.ToPlainText("postgres")).Connection);
        },
        iter: 100_000);

    [Fact]
    public void Keywords_and_values() => Samples.Legal.Sample(
        parts => PgConnectionString.FromParts(parts).Require().Equals(PgConnectionString.Parse(KeyValue(parts)).Connection),
        iter: 100_000);

    // .NET is the measure, not the parts: its builder writes a line end behind a value without quotes, and reads it back as nothing.
    [Fact]
    public void Ado_net() => Samples.Plain.Sample(
        parts =>
        {
            var text = AdoNet(parts);
            var expected = new DbConnectionStringBuilder { ConnectionString = text };
            var connection = PgConnectionString.Parse(text).Connection;
            if (!expected.ContainsKey("Username") || !expected.ContainsKey("Database"))
            {
                Assert.Null(connection);
                return;
            }

            Assert.NotNull(connection);
            Assert.Equal(expected["Host"], connection.HostName);
            Assert.Equal(expected["Port"], $"{connection.Port}");
            Assert.Equal(expected["Database"], connection.Database);
            Assert.Equal(expected["Username"], connection.UserName);
            Assert.Equal(expected.TryGetValue("Password", out var password) ? password : null, connection.Password?.Reveal());
            Assert.Equal(parts.SslMode, connection.SslMode);
        },
        iter: 100_000);

    static string AdoNet(ConnectionParts parts)
    {
        var builder = new DbConnectionStringBuilder { ["Host"] = parts.HostName, ["Port"] = parts.Port, ["Database"] = parts.Database, ["Username"] = parts.UserName };
        if (parts.Password is { } password)
        {
            builder["Password"] = password.Reveal();
        }

        if (parts.SslMode is { } mode)
        {
            builder["SSL Mode"] = mode.ToString();
        }

        return builder.ConnectionString;
    }

    static string KeyValue(ConnectionParts parts)
    {
        var text = new StringBuilder();
        void Add(string name, string value) => text.Append(name).Append(" = '")
            .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("' ");

        Add("host", parts.HostName);
        Add("port", $"{parts.Port}");
        Add("dbname", parts.Database);
        Add("user", parts.UserName);
        if (parts.Password is { } password)
        {
            Add("password", password.Reveal());
        }

        foreach (var parameter in PgConnectionString.FromParts(parts).Require().Parameters)
        {
            Add(parameter.Name, parameter.Reveal());
        }

        return text.ToString().TrimEnd();
    }
}
