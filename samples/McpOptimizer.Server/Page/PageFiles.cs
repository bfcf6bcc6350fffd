using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace McpOptimizer.Server.Page;

/// <summary>
/// The files of the page, out of the assembly. All but the first lie in a folder that is named after their content, so that they can be kept for ever and never mix with those of another version.
/// </summary>
internal sealed class PageFiles
{
    private const string Prefix = "McpOptimizer.Server.Page.";
    private const string StartName = "index.html";
    private const string FolderMark = "FOLDER/";

    private PageFiles(PageFile start, IReadOnlyDictionary<string, PageFile> others) => (Start, Others) = (start, others);

    /// <summary>What <c>/</c> answers.</summary>
    public PageFile Start { get; }

    /// <summary>The others by path.</summary>
    public IReadOnlyDictionary<string, PageFile> Others { get; }

    public static PageFiles Load()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        SortedDictionary<string, byte[]> contents = new(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            contents[resource[Prefix.Length..]] = content;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length}\n"));
            hash.AppendData(content);
        }

        string folder = $"/page/{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}/";
        byte[] start = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(contents[StartName]).Replace(FolderMark, folder, StringComparison.Ordinal));
        return new PageFiles(
            File(StartName, start),
            contents.Where(content => content.Key != StartName).ToDictionary(content => folder + content.Key, content => File(content.Key, content.Value), StringComparer.Ordinal));
    }

    private static PageFile File(string name, byte[] content) => new(content, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"The page has a file '{name}' of a type that nobody named."),
    };
}
