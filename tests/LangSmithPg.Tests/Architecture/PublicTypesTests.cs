using System.Management.Automation;
using System.Reflection;
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
        var reached = Reached();
        Assert.Contains(reached, type => type.Name == "ReadinessReport");

        var core = reached.First(type => type.Assembly.GetName().Name == "LangSmithPg.Core").Assembly;
        var views = Names().Matches(File.ReadAllText(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "LangSmithPg.Format.ps1xml")))
            .Select(match => match.Value).ToHashSet();

        Assert.DoesNotContain(core.GetExportedTypes(), type => !reached.Contains(type) && !type.IsAssignableTo(typeof(Exception)) && !views.Contains(type.FullName!));
    }

    [Theory]
    [InlineData("LangSmithPg.Postgres")]
    [InlineData("LangSmithPg.Yaml")]
    [InlineData("LangSmithPg.Cloud")]
    public void Libraries_behind_Core_have_no_public_type(string library)
    {
        var file = Directory.EnumerateFiles(Path.GetDirectoryName(BuildPaths.ModuleManifest)!, $"{library}.dll", SearchOption.AllDirectories).Single();
        using var portable = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        var reader = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(portable);
        Assert.Empty(reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public).Select(type => reader.GetString(type.Name)));
    }

    HashSet<Type> Reached()
    {
        HashSet<Type> reached = [];
        var waiting = new Queue<Type>(_session.Run("Get-Command -Module LangSmithPg").Output.Select(command => (CmdletInfo)command.BaseObject).SelectMany(TypesOf));
        while (waiting.TryDequeue(out var type))
        {
            foreach (var own in OwnTypesIn(type).Where(reached.Add))
            {
                foreach (var next in own.GetProperties().Select(property => property.PropertyType)
                    .Concat(own.GetMethods().Where(method => !method.IsSpecialName && !method.IsStatic).Select(method => method.ReturnType))
                    .Append(own.BaseType ?? typeof(object)))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        // What exceptions tell.
        foreach (var type in reached.Select(type => type.Assembly).Distinct().ToList().SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.IsAssignableTo(typeof(Exception))))
        {
            reached.UnionWith(type.GetProperties().SelectMany(property => OwnTypesIn(property.PropertyType)).SelectMany(own => own.GetProperties().SelectMany(property => OwnTypesIn(property.PropertyType)).Append(own)));
        }

        return reached;
    }

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
