using System.Collections.ObjectModel;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shared.Conventions;

namespace Horreum.Client.Tests.Clients;

/// <summary>Calls every method of every area and looks at what goes out.</summary>
public sealed class OperationTests
{
    private const int Operations = 167;

    [Fact]
    public async Task EveryMethod_Called_SendsOneRequestAndTogetherTheyCoverTheApi()
    {
        Recorder recorder = new();
        await using ServiceProvider services = Services(recorder);
        IHorreumClient client = services.GetRequiredService<IHorreumClient>();
        foreach (PropertyInfo area in typeof(IHorreumClient).GetProperties())
        {
            foreach (MethodInfo method in area.PropertyType.GetMethods())
            {
                int before = recorder.Sent.Count;
                await CallAsync(method, area.GetValue(client)!);
                recorder.Sent.Should().HaveCount(before + 1, $"{area.Name}.{method.Name} is one call");
            }
        }

        string[] routes = [.. recorder.Sent.Select(Normalize).Distinct().Order(StringComparer.Ordinal)];
        routes.Should().HaveCount(Operations);

        // The description of the API is not part of the repository; where it lies beside it, each operation is compared.
        string file = Path.Combine(SourceConvention.RepositoryRoot(), "..", "shared", "openapi", "horreum.json");
        if (File.Exists(file))
        {
            routes.Should().BeEquivalentTo(Described(file));
        }
    }

    private static IEnumerable<string> Described(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {Regex.Replace(path.Name, @"\{\w+\}", "{}")}")),
        ];
    }

    // Values are numbers from 7000 up, or texts that begin with v7.
    private static string Normalize(string sent) => Regex.Replace(sent.Split('?')[0], @"(?<=/)v?7\d{3}(?=/|$)", "{}");

    private static async Task CallAsync(MethodInfo method, object area)
    {
        object?[] arguments = [.. method.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!))];
        object result = method.Invoke(area, arguments)!;
        try
        {
            if (result is Task task)
            {
                await task;
            }
            else
            {
                await foreach (object _ in (IAsyncEnumerable<object>)result)
                {
                }
            }
        }
        catch (HorreumApiException e) when (e.IsMalformed)
        {
            // The recorder answers nothing; only the request matters here.
        }
    }

    private static object? Value(Type type, string name)
    {
        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        if (type == typeof(string))
        {
            return "v7" + (100 + name.Length).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Value(inner, name);
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return Convert.ChangeType(7000 + name.Length, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return typeof(ReadOnlyDictionary<,>).MakeGenericType(type.GetGenericArguments()).GetProperty("Empty")!.GetValue(null);
        }

        object made = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.PropertyType == typeof(JsonElement)))
        {
            property.SetValue(made, JsonElement.Parse("{}"));
        }

        foreach (PropertyInfo property in type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.CanWrite))
        {
            property.SetValue(made, "text");
        }

        return made;
    }

    private static ServiceProvider Services(Recorder recorder)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddHorreumClient(options => options.BaseAddress = new Uri("http://horreum.invalid/base/")).ConfigurePrimaryHttpMessageHandler(() => recorder);
        return services.BuildServiceProvider();
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Sent { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsolutePath.Should().StartWith("/base/api/", "a path of the base address is kept");
            Sent.Add($"{request.Method} {request.RequestUri.AbsolutePath["/base".Length..]}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }
}
