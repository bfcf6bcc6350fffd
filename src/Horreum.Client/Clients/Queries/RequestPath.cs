using System.Globalization;
using System.Text;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Queries;

/// <summary>A path below the server's address with its query; values that are null are left out.</summary>
internal sealed class RequestPath
{
    private readonly StringBuilder _query = new();
    private readonly string _path;

    private RequestPath(string path, string template)
    {
        _path = path;
        Template = template;
    }

    /// <summary>The path without values, for metrics: <c>api/run/{}</c>.</summary>
    public string Template { get; }

    /// <summary>The path alone, for messages: a query may hold what does not belong there.</summary>
    public string Path => "/" + _path;

    public static RequestPath Create(PathInterpolation path) => new(path.Path, path.Template);

    public RequestPath Add(string name, string? value)
    {
        if (value is not null)
        {
            _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public RequestPath Add(string name, long? value) => value is { } number ? Add(name, number.ToString(CultureInfo.InvariantCulture)) : this;

    public RequestPath Add(string name, bool? value) => value is { } flag ? Add(name, flag ? "true" : "false") : this;

    public RequestPath Add(string name, Access? value) => Add(name, value?.Value);

    public RequestPath Add(string name, SortDirection? value) =>
        value is { } direction ? Add(name, direction == SortDirection.Descending ? "Descending" : "Ascending") : this;

    public RequestPath Add(string name, DateTimeOffset? value) => Add(name, value?.ToUnixTimeMilliseconds());

    public RequestPath Add(string name, IEnumerable<string>? values)
    {
        foreach (string value in values ?? [])
        {
            Add(name, value);
        }

        return this;
    }

    public RequestPath Add(string name, IEnumerable<int>? values)
    {
        foreach (int value in values ?? [])
        {
            Add(name, (long)value);
        }

        return this;
    }

    public RequestPath Add(RequestQuery? query)
    {
        query?.AddTo(this);
        return this;
    }

    public override string ToString() => _query.Length == 0 ? _path : _path + _query;
}
