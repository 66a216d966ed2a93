using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LangSmithPg.Tests.Loading;

/// <summary>What a runtime may load together with the types of an assembly: their bases, interfaces, fields and virtual signatures.</summary>
static class LoadedWithTypes
{
    static readonly SignatureAssemblies Provider = new();

    /// <summary>The members that name other assemblies, as "Type.Member: Assembly".</summary>
    /// <param name="assembly">Full path of the assembly.</param>
    /// <param name="among">The other assemblies that matter, by name.</param>
    public static string[] Find(string assembly, IReadOnlySet<string> among)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeDefinitions
               let type = metadata.GetTypeDefinition(handle)
               from member in Members(metadata, type)
               from name in member.Names
               where among.Contains(name)
               select $"{metadata.GetString(type.Name)}{member.Name}: {name}",
        ];
    }

    static IEnumerable<(string Name, ImmutableHashSet<string> Names)> Members(MetadataReader metadata, TypeDefinition type)
    {
        yield return (" (base)", NamesOf(metadata, type.BaseType));
        foreach (var one in type.GetInterfaceImplementations())
        {
            yield return (" (interface)", NamesOf(metadata, metadata.GetInterfaceImplementation(one).Interface));
        }

        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            yield return ($".{metadata.GetString(field.Name)}", field.DecodeSignature(Provider, genericContext: null));
        }

        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => method.Attributes.HasFlag(MethodAttributes.Virtual)))
        {
            var signature = method.DecodeSignature(Provider, genericContext: null);
            yield return ($".{metadata.GetString(method.Name)}", signature.ReturnType.Union(signature.ParameterTypes.SelectMany(parameter => parameter)));
        }
    }

    static ImmutableHashSet<string> NamesOf(MetadataReader metadata, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => Provider.GetTypeFromReference(metadata, (TypeReferenceHandle)type, rawTypeKind: 0),
        HandleKind.TypeSpecification => Provider.GetTypeFromSpecification(metadata, genericContext: null, (TypeSpecificationHandle)type, rawTypeKind: 0),
        _ => [],
    };
}
