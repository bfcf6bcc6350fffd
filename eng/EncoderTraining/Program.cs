using EncoderTraining;
using EncoderTraining.Corpus;
using EncoderTraining.Corpus.Sources;
using EncoderTraining.Evaluation;
using EncoderTraining.Training;
using McpOptimizer.Core.Services.Embeddings;

Arguments arguments = new(args);
IPairSource[] sources =
[
    new LexiconSource(LexiconPart.Phrases), new LexiconSource(LexiconPart.Words), new LexiconSource(LexiconPart.Actions), new IntentSource(),
    new ToolTextSource(), new CommandLineSource(), new OpenApiSource(), new GoogleDiscoverySource(),
    new BotocoreSource(), new ThingpediaSource(), new WordNetSource(),
];
switch (arguments.Verb)
{
    case "pairs":
        _ = new PairSet(sources, arguments.Text("--sources"), new Vocabulary(), new TrainingOptions(), Console.Out);
        return 0;
    case "sample":
        IPairSource chosen = sources.First(source => source.Name == arguments.Text("--source"));
        TrainingPair[] all = [.. chosen.Read(arguments.Text("--sources"))];
        Random random = new(7);
        for (int i = 0; i < 40; i++)
        {
            TrainingPair pair = all[random.Next(all.Length)];
            Console.WriteLine($"{pair.Query}\n    {pair.Document}   [{pair.Group}]");
        }

        return 0;
    case "train":
        TrainingOptions options = arguments.Options();
        Vocabulary words = new();
        PairSet pairs = new(sources, arguments.Text("--sources"), words, options, Console.Out);
        words.Close(options);
        Console.WriteLine(options);
        Teacher? teacher = arguments.All("--teacher").LastOrDefault() is { } vectors ? new Teacher(vectors, options.Threads) : null;
        if (teacher is not null)
        {
            pairs.Teach(teacher, options, Console.Out);
        }

        Trainer trainer = new(options, words, pairs, teacher);
        SetEvaluation[] steering = [.. arguments.All("--set").Select(set => new SetEvaluation(set))];
        trainer.Run(Console.Out, step =>
        {
            if (step % arguments.Number("--check", 1000) == 0 || step == options.Steps)
            {
                byte[] file = trainer.Export();
                File.WriteAllBytes(arguments.Text("--out"), file);
                EncoderModel model = EncoderModel.Read(file);
                Array.ForEach(steering, set => set.Print(model, Console.Out, brief: true));
            }
        });
        byte[] final = trainer.Export();
        File.WriteAllBytes(arguments.Text("--out"), final);
        Console.WriteLine($"{EncoderModel.Read(final).Header} {final.Length} bytes");
        return 0;
    case "evaluate":
        EncoderModel table = EncoderModel.Read(File.ReadAllBytes(arguments.Text("--table")));
        foreach (string set in arguments.All("--set"))
        {
            new SetEvaluation(set).Print(table, Console.Out, brief: false, arguments.Number("--sentences", 2));
        }

        return 0;
    case "overlap":
        return OverlapCheck.Print(arguments.All("--set"), Console.Out) == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: pairs --sources DIR | sample --sources DIR --source NAME | " +
            "train --sources DIR --out FILE [--teacher FILE] [--steps N ...] [--set DIR ...] | evaluate --table FILE --set DIR ... | overlap --set DIR ...");
        return 2;
}
