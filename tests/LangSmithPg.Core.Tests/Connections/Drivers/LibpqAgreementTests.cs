using CsCheck;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Core.Tests.Peers;

namespace LangSmithPg.Core.Tests.Connections.Drivers;

/// <summary>The real libpq reads as <see cref="LibpqParser"/> does, and reads what this module writes as it is meant.</summary>
public sealed class LibpqAgreementTests
{
    const int Iterations = 12_000;

    [Fact]
    public void Reads_what_the_module_writes()
    {
        var libpq = LibpqLibrary.Load();
        Samples.Legal.Where(parts => parts.Parameters.All(one => ParameterNames.IsKnown(one.Name))).Sample(
            parts =>
            {
                var connection = PgConnectionString.FromParts(parts).Require();
                var values = libpq.Parse(connection.ToPlainText("postgresql"))!;
                Assert.Equal(connection.HostName, values["host"]);
                Assert.Equal($"{connection.Port}", values["port"]);
                Assert.Equal(connection.Database, values["dbname"]);
                Assert.Equal(connection.UserName, values["user"]);
                Assert.Equal(connection.Password?.Reveal(), values["password"]);
                Assert.All(connection.Parameters, parameter => Assert.Equal(parameter.Value, values[parameter.Name]));
            },
            iter: Iterations);
    }

    [Fact]
    public void Agrees_on_hostile_urls() => Agree(Samples.HostileUrls);

    [Fact]
    public void Agrees_on_hostile_keywords_and_values() => Agree(Samples.HostileKeyValues);

    [Fact]
    public void Knows_the_same_parameters()
    {
        var libpq = LibpqLibrary.Load();
        Assert.SkipWhen(libpq.Version is < 180_000 or >= 190_000, "The list is that of version 18.");
        Assert.Equal(
            KnownParameters.All.Select(one => one.Name),
            libpq.Parse("")!.Keys.Order(StringComparer.Ordinal));
    }

    static void Agree(Gen<string> texts)
    {
        var libpq = LibpqLibrary.Load();
        texts.Sample(
            text =>
            {
                var reading = LibpqParser.Parse(DriverText.Of(text), libpq.Version);
                var expected = libpq.Parse(text)?.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!);
                var actual = reading.Refusal is null ? reading.Parameters.ToDictionary(one => one.Key, one => one.Value.Text) : null;
                Assert.Equal(expected, actual);
            },
            iter: Iterations);
    }
}
