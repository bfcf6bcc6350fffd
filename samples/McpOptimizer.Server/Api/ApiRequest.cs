using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hosting.Security;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Server.Api;

/// <summary>A request to an endpoint, its parameters checked against the endpoint's own list.</summary>
internal sealed class ApiRequest
{
    private readonly HttpContext _context;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A parameter is unknown, missing, given twice or not legal.</exception>
    public ApiRequest(HttpContext context, ApiEndpoint endpoint)
    {
        _context = context;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Query)
        {
            ApiParameter parameter = endpoint.Parameters.FirstOrDefault(parameter => parameter.Name == name) ?? throw new ArgumentException(Unknown(name, endpoint));
            if (values is not [{ } value])
            {
                throw new ArgumentException($"The parameter '{name}' is given {values.Count} times.");
            }

            if (value.Length > 0)
            {
                _values[name] = parameter.Check(value);
            }
        }

        if (endpoint.Parameters.FirstOrDefault(parameter => parameter.IsRequired && !_values.ContainsKey(parameter.Name)) is { } missing)
        {
            throw new ArgumentException($"The parameter '{missing.Name}' is missing: {missing.Description}");
        }
    }

    /// <summary>Ends when the client is gone.</summary>
    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>Whose token it is; null for the local secret.</summary>
    public string? Subject => _context.User.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Whether an administrator asks.</summary>
    public bool IsAdmin => AdminEndpoints.IsAdmin(_context.User);

    /// <summary>Who asks, with the profile of the parameter <c>profile</c>.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public CallerIdentity Caller => CallerOf(Text("profile"));

    /// <summary>The value of a parameter; null when it is missing or empty.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A number; null when it is missing.</summary>
    public long? Number(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A flag; false when it is missing.</summary>
    public bool Flag(string name) => Text(name) == "true";

    public T Service<T>()
        where T : notnull => _context.RequestServices.GetRequiredService<T>();

    /// <summary>Who asks, with that profile.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public CallerIdentity CallerOf(string? profile) => ApiCaller.Of(_context, profile);

    /// <summary>The body.</summary>
    /// <exception cref="ArgumentException">It is no JSON of that shape.</exception>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (!_context.Request.HasJsonContentType())
        {
            throw new ArgumentException("The body must be application/json.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(_context.Request.Body, type, Aborted) ?? throw new ArgumentException("The body is null.");
        }
        catch (JsonException e)
        {
            string members = string.Join(", ", type.Properties.Select(property => property.Name));
            throw new ArgumentException($"The body is not the JSON that is expected (members {members}): {e.Message}");
        }
    }

    private static string Unknown(string name, ApiEndpoint endpoint) => endpoint.Parameters.Count == 0
        ? $"There is no parameter '{VisibleText.Shorten(name, 60)}'; this takes none."
        : $"There is no parameter '{VisibleText.Shorten(name, 60)}'; known are {string.Join(", ", endpoint.Parameters.Select(parameter => parameter.Name))}.";
}
