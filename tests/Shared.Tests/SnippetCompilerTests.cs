using Shared.Conventions;

namespace Shared.Tests;

public sealed class SnippetCompilerTests
{
    [Fact]
    public async Task Compile_WhatAReaderCouldNotBuild_TellsTheCompilersWords()
    {
        Func<Task> unknown = () => SnippetCompiler.CompileAsync("Console.WriteLine(noSuchThing);");
        Func<Task> ofTests = () => SnippetCompiler.CompileAsync("Console.WriteLine(typeof(Shared.Testing.TemporaryFolder));");
        Func<Task> warned = () => SnippetCompiler.CompileAsync("int unused = 1;");

        (await unknown.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*CS0103*noSuchThing*");
        (await ofTests.Should().ThrowAsync<InvalidOperationException>("a reader has none of the tests' own help")).WithMessage("*CS0246*Shared*");
        (await warned.Should().ThrowAsync<InvalidOperationException>("a warning in a page is a warning at the reader's")).WithMessage("*CS0219*");
    }
}
