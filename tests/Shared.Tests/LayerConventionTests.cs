using System.Reflection;
using Shared.Conventions;

namespace Shared.Tests;

/// <summary>The rules notice what they are for, in an assembly that breaks them.</summary>
public sealed class LayerConventionTests
{
    private const string Broken = """
        System.Console.WriteLine(new Snippet.Tools.Door());

        namespace Snippet.Tools { public sealed class Door { public override string ToString() => new Snippet.Clients.Wire().ToString()!; } }
        namespace Snippet.Clients { public sealed class Wire; }
        namespace Snippet.Services.A { public sealed class One { public Snippet.Services.B.Two? Next { get; set; } } }
        namespace Snippet.Services.B { public sealed class Two { public static bool Knows(object other) => other is Snippet.Services.C.Three; } }
        namespace Snippet.Services.C { public sealed class Three { public System.Collections.Generic.List<Snippet.Services.A.One> All { get; } = []; } }
        namespace Snippet.Services.D { public sealed class Four { public Snippet.Services.A.One? First { get; set; } } }
        """;

    [Fact]
    public async Task FolderCircles_NamesThoseWithinAndNoneBeside()
    {
        LayerConvention.FindFolderCircles(await CompileAsync(Broken)).Should().Equal("Services.A ↔ Services.B ↔ Services.C");
    }

    [Fact]
    public async Task Layers_ArrowOverALayer_IsNamed()
    {
        LayerConvention.FindViolations(await CompileAsync(Broken)).Should().Equal("Snippet.Tools.Door (Tools) → Snippet.Clients.Wire (Clients)");
    }

    [Fact]
    public async Task Tidy_NothingIsFound()
    {
        Assembly tidy = await CompileAsync("""
            System.Console.WriteLine(new Snippet.Services.A.One());

            namespace Snippet.Services.A { public sealed class One { public Snippet.Services.B.Two? Next { get; set; } } }
            namespace Snippet.Services.B { public sealed class Two; }
            """);

        LayerConvention.FindFolderCircles(tidy).Should().BeEmpty();
        LayerConvention.FindViolations(tidy).Should().BeEmpty();
    }

    private static async Task<Assembly> CompileAsync(string program) => Assembly.Load(await SnippetCompiler.CompileAsync(program));
}
