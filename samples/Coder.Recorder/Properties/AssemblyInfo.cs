using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Coder.Client.Tests")]
