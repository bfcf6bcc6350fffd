using System.Reflection;
#pragma warning disable IDE0005 // The web hosts import it implicitly.
using Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0005
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Common;

/// <summary>Stops a host in which two tools have one name: the MCP SDK keeps the first and says nothing about the other.</summary>
internal sealed class ToolNames(IEnumerable<McpServerTool> tools) : IValidateOptions<McpServerOptions>
{
    /// <summary>
    /// Has the names of all tools checked when the host starts. Each package's <c>Add…Tools()</c> calls it; one check serves them all, whichever
    /// package brought it.
    /// </summary>
    public static void Guard(IServiceCollection services)
    {
        // Every package compiles this class for itself, so that another package's copy is known by its name only.
        bool isGuarded = services.Any(service => service is { IsKeyedService: false, ImplementationType: { } type } && type.FullName == typeof(ToolNames).FullName);
        if (!isGuarded)
        {
            services.AddOptions<McpServerOptions>().ValidateOnStart();
            services.AddSingleton<IValidateOptions<McpServerOptions>, ToolNames>();
        }
    }

    public ValidateOptionsResult Validate(string? name, McpServerOptions options)
    {
        // A wrapper around a registered tool shares its name by right.
        IEnumerable<McpServerTool> assigned = (options.ToolCollection ?? []).Where(tool => tool is not DelegatingMcpServerTool);
        string[] faults =
        [
            .. tools.Concat(assigned)
                .Distinct(ReferenceEqualityComparer.Instance)
                .Cast<McpServerTool>()
                .GroupBy(tool => tool.ProtocolTool.Name, StringComparer.Ordinal)
                .Where(same => same.Skip(1).Any())
                .Select(same =>
                    $"The tool name '{VisibleText.Shorten(same.Key)}' is registered by {string.Join(" and by ", same.Select(Origin))}: "
                    + "leave one of them out, or give one a prefix or another name."),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Origin(McpServerTool tool)
    {
        // A tool made from a method says which; one that is declared names the class that declares it.
        Type type = tool.Metadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType ?? tool.Metadata.OfType<Type>().FirstOrDefault() ?? tool.GetType();
        return $"{type.FullName} ({type.Assembly.GetName().Name})";
    }
}
