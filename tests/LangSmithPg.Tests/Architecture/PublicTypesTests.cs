using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Architecture;

/// <summary>What is public is what a script can reach: from what cmdlets take and give, as an error, or by the views.</summary>
public sealed partial class PublicTypesTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_public_type_can_be_reached_from_a_script()
    {
        var core = (Assembly)_session.Run("[LangSmithPg.Connections.PgConnectionString].Assembly").Single.BaseObject;
        var reached = ReachedFrom([.. Commands().SelectMany(TypesOf), .. core.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Exception)))]);
        var views = Names().Matches(File.ReadAllText(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "LangSmithPg.Format.ps1xml")))
            .Select(match => match.Value).ToHashSet();

        Assert.Contains(reached, type => type.Name == "ReadinessReport");
        Assert.DoesNotContain(core.GetExportedTypes(), type => !reached.Contains(type) && !views.Contains(type.FullName!));
    }

    [Theory]
    [InlineData("LangSmithPg.Postgres")]
    [InlineData("LangSmithPg.Yaml")]
    [InlineData("LangSmithPg.Cloud")]
    public void Libraries_behind_Core_have_no_public_type(string library)
    {
        var file = Directory.EnumerateFiles(Path.GetDirectoryName(BuildPaths.ModuleManifest)!, $"{library}.dll", SearchOption.AllDirectories).Single();
        using var portable = new PEReader(File.OpenRead(file));
        var reader = portable.GetMetadataReader();
        Assert.Empty(reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public).Select(type => reader.GetString(type.Name)));
    }

    IEnumerable<CmdletInfo> Commands() => _session.Run("Get-Command -Module LangSmithPg").Output.Select(command => (CmdletInfo)command.BaseObject);

    static HashSet<Type> ReachedFrom(IEnumerable<Type> types)
    {
        HashSet<Type> reached = [];
        var waiting = new Queue<Type>(types);
        while (waiting.TryDequeue(out var type))
        {
            foreach (var next in OwnTypesIn(type).Where(reached.Add).SelectMany(LedToBy))
            {
                waiting.Enqueue(next);
            }
        }

        return reached;
    }

    static IEnumerable<Type> LedToBy(Type type) => type.GetProperties().Select(property => property.PropertyType)
        .Concat(type.GetMethods().Where(method => !method.IsSpecialName && !method.IsStatic).Select(method => method.ReturnType))
        .Append(type.BaseType ?? typeof(object));

    static IEnumerable<Type> TypesOf(CmdletInfo command) => command.Parameters.Values.Select(parameter => parameter.ParameterType)
        .Concat(command.Parameters.Values.SelectMany(parameter => parameter.Attributes).Select(attribute => attribute.GetType().GetProperty("Type")?.GetValue(attribute)).OfType<Type>())
        .Concat(command.OutputType.Select(output => output.Type));

    static IEnumerable<Type> OwnTypesIn(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => OwnTypesIn(type.GetElementType()),
        { IsGenericType: true, IsGenericTypeDefinition: false } => type.GetGenericArguments().SelectMany(OwnTypesIn).Concat(OwnTypesIn(type.GetGenericTypeDefinition())),
        _ => type.Assembly.GetName().Name!.StartsWith("LangSmithPg", StringComparison.Ordinal) ? [type] : [],
    };

    [GeneratedRegex(@"LangSmithPg(\.\w+)+(?=\])")]
    private static partial Regex Names();
}
