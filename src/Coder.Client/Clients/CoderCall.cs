namespace Coder.Client.Clients;

/// <summary>What a message may say about a call: its method and its path, never its query.</summary>
internal readonly record struct CoderCall(string Method, string Path)
{
    public static CoderCall Of(HttpMethod method, string relative) => new(method.Method, "/" + relative.Split('?')[0]);

    public override string ToString() => $"{Method} {Path}";
}
