use std::{fs, process::Command};

use proptest::prelude::*;

use super::*;

fn file(path: &str, length: u64) -> PackedFile {
    PackedFile { path: path.into(), length, media_type: String::new(), modified: 1_795_000_123_456 }
}

/// An archive of these files, whose bytes are sevens.
fn packed(files: &[PackedFile]) -> Vec<u8> {
    let mut bytes = start().unwrap();
    for file in files {
        bytes.extend(head(file).unwrap());
        bytes.extend(vec![7; file.length as usize]);
        bytes.resize(bytes.len() + padding(file.length), 0);
    }
    bytes.extend(end());
    bytes
}

fn unpacked(bytes: &[u8]) -> Result<Vec<(PackedFile, u64)>, Damaged> {
    let mut unpacker = Unpacker::new(bytes, bytes.len() as u64).expect("it was packed here");
    while let Some(wanted) = unpacker.wants() {
        let end = bytes.len().min(wanted.end as usize);
        unpacker.read(bytes.get(wanted.start as usize..end).unwrap_or_default())?;
    }
    unpacker.finish()
}

#[track_caller]
fn comes_back(files: &[PackedFile]) {
    let bytes = packed(files);
    let found = unpacked(&bytes).unwrap();
    assert_eq!(found.iter().map(|(file, _)| file).collect::<Vec<_>>(), files.iter().collect::<Vec<_>>());
    for (file, at) in found {
        let content = &bytes[at as usize..(at + file.length) as usize];
        assert!(content.iter().all(|byte| *byte == 7), "{}", file.path);
    }
}

#[test]
fn files_come_back_with_all_that_is_told_of_them() {
    comes_back(&[]);
    comes_back(&[file("empty", 0), file("a/b/c.txt", 1), file("block", 512), file("more", 513)]);
    comes_back(
        &[file(&"long/".repeat(60), 9)].map(|file| PackedFile { path: safe_path(&file.path), ..file }),
    );
    comes_back(&[PackedFile {
        media_type: "image/svg+xml; charset=utf-8".into(),
        ..file("späth/文件 🦭.svg", 20)
    }]);
    for modified in [0, 1, 999, -1, -1500, 253_402_300_799_999] {
        comes_back(&[PackedFile { modified, ..file("time", 3) }]);
    }
}

proptest! {
    #[test]
    fn whatever_they_are_called(
        names in prop::collection::vec(("\\PC{1,300}", 0..2000_u64, any::<i32>(), "[a-z]{0,9}/[a-z.+-]{0,90}"), 0..5),
    ) {
        let files = names.into_iter().map(|(name, length, modified, media_type)| PackedFile {
            path: safe_path(&name), length, media_type, modified: i64::from(modified) * 1000 + 7,
        });
        comes_back(&files.collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..3000), keep in 0..3000_usize) {
        let mut all = packed(&[file("a", 700), file(&"b".repeat(200), 3)]);
        all.truncate(keep.max(1024));
        all.append(&mut bytes);
        let _ = unpacked(&all);
    }

    #[test]
    fn a_changed_header_is_never_read_as_another(at in 1024..2560_usize, by in 1..=255_u8) {
        let files = [file("letters/may.txt", 100)];
        let mut bytes = packed(&files);
        bytes[at] ^= by;
        // A checksum is a sum: what is told in the records of the extension is not under it.
        if let Ok(found) = unpacked(&bytes) {
            let ((found, _), [file]) = (&found[0], files);
            prop_assert_eq!((&found.path, found.length), (&file.path, file.length));
        }
    }
}

#[test]
fn lengths_beyond_eight_gibibytes_are_said_and_read() {
    for length in [MOST, MOST + 1, 1 << 40] {
        let file = file("large", length);
        let head = [start().unwrap(), head(&file).unwrap()].concat();
        let whole = head.len() as u64 + length + padding(length) as u64 + 1024;
        let mut unpacker = Unpacker::new(&head, whole).unwrap();
        while let Some(wanted) = unpacker.wants() {
            let bytes = head.get(wanted.start as usize..wanted.end as usize);
            unpacker.read(bytes.unwrap_or(&[0; BLOCK])).unwrap();
        }
        assert_eq!(unpacker.finish().unwrap(), [(file, head.len() as u64)]);
    }
}

#[test]
fn what_was_not_packed_here_is_left_as_it_is() {
    assert!(Unpacker::new(b"", 0).is_none());
    assert!(Unpacker::new(&[0; 4096], 4096).is_none());
    let other = [head(&file("a", 0)).unwrap(), end().to_vec()].concat();
    assert!(Unpacker::new(&other, other.len() as u64).is_none());
    assert_eq!(start().unwrap().len() as u64, Unpacker::enough());
}

#[test]
fn what_is_cut_off_or_goes_on_is_damaged() {
    let bytes = packed(&[file("a", 700), file("b", 3)]);
    for length in (1024..bytes.len()).step_by(128) {
        assert_eq!(unpacked(&bytes[..length]), Err(Damaged), "{length}");
    }
    assert_eq!(unpacked(&[&bytes[..], &[0; 512]].concat()), Err(Damaged));
}

#[test]
fn names_lead_nowhere_else() {
    for (given, safe) in [
        ("/etc/passwd", "etc/passwd"),
        ("../../a", "a"),
        ("a//b/./c/..", "a/b/c"),
        ("..", "file"),
        ("", "file"),
        ("a\nb\0c", "a_b_c"),
        ("C:\\a", "C:_a"),
        ("exe\u{202e}txt.pdf", "exe_txt.pdf"),
        ("...", "..."),
    ] {
        assert_eq!(safe_path(given), safe, "{given:?}");
    }
}

/// The archive is read by the system's own `tar`.
#[test]
fn every_tar_reads_it() {
    let long = format!("{}/ä.txt", "folder".repeat(40));
    let files = [file("letters/may.txt", 3), file("späth/文件.svg", 700), file(&long, 0)];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("packed.tar"), packed(&files)).unwrap();
    let tar = |arguments: &[&str]| {
        let mut command = Command::new("tar");
        command
            .current_dir(folder.path())
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .args(arguments)
            .output()
            .unwrap()
    };
    let listed = tar(&["-tf", "packed.tar", "--quoting-style=literal"]);
    assert_eq!(String::from_utf8_lossy(&listed.stderr), "");
    let names: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().collect::<Vec<_>>(), names);
    assert!(tar(&["-xf", "packed.tar"]).status.success());
    assert_eq!(fs::read(folder.path().join("späth/文件.svg")).unwrap(), [7; 700]);
    let modified = fs::metadata(folder.path().join("letters/may.txt")).unwrap().modified().unwrap();
    let modified = modified.duration_since(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(modified.as_millis(), 1_795_000_123_456);
}
