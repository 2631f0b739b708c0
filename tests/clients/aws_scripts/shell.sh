# The shell around the command.
echo a  'b  c' "d $X"; X=1; echo $X-${X}
false || echo no && echo yes # why
true || echo no; echo $?
false; echo $?
echo -n hello | base64
echo hello | base64 | base64 -d
echo aGVsbG8 | base64 -d
echo '!!!' | base64 -d
echo -n abc > f; cat f | base64; echo again >> f; wc -c < f; ls
cat f nope f
cat < nope
printf '%s-%s\n' a b c
printf '%5s|%-5s|%05d|%x|%c\n' ab cd 42 255 xyz
printf 'tab\there\\n\n'
printf '%d%%\n' 50
printf 'no newline'
printf '%b' 'a\tb\n'
printf '\101\x42\n'
echo abc | tr -d 'b' | xxd -p
echo abc | tr a-z A-Z
echo -n 0123456789abcdef0123 | xxd
echo -n 616263 | xxd -r -p; echo
echo -n 0123456789abcdef0 | od -An -tx1
echo -n abc | od -c
X=$(echo a b); echo $X "$X"
echo `echo q`
echo "$(echo "nested $(echo deep)")"
echo a \
  b
echo "line one
line two"
cat <<< word | head -c 2; echo
printf '1\n2\n3\n4\n' | head -n 2
printf '1\n2\n3\n4\n' | tail -n 2
printf '1\n2\n3\n4\n' | tail -n +3
printf '1\n2\n3\n4\n' | head -n -1
printf 'a b c\n' | wc
printf 'a b c\n' | wc -w
printf 'one\ntwo\n' | wc -l
echo $'tab\there' $'it\'s'
echo "a\"b" 'c"d' "e'f" "g\\h" "\$X" "\n"
echo a\ b "a"'b'c
echo ""; echo '' x
echo $UNSET x
echo "$UNSET"x
echo ${X} ${UNSET:-fallback} ${X:-never} "${X}y"
echo ${#X}
Y="a  b"; echo $Y "$Y"
X=1 Y=2; echo $X$Y
echo one > a.txt; cp a.txt b.txt; cat b.txt; mv b.txt c.txt; ls; rm c.txt; ls
rm nope
rm -f nope; echo $?
cp nope x
ls nope
ls -1
echo to both | tee d.txt e.txt; cat d.txt e.txt
echo more | tee -a d.txt > /dev/null; cat d.txt
echo x 2>/dev/null; cat nope 2>/dev/null; echo $?
cat nope 2>&1
cat nope 2> err.txt; cat err.txt
nothing-of-this-name
nothing-of-this-name 2>/dev/null || echo $?
echo a; echo b && false || echo c
echo a | cat | cat -
! true; echo $?
! false; echo $?
echo a > "name with spaces.txt"; cat "name with spaces.txt"
cat *.txt | wc -l
echo *.txt
echo ?.txt "*.txt" '*.txt' \*.txt *.none a*t
X='*.txt ?.none'; echo $X "$X"; X=1
date -u -d @0 +%Y-%m-%dT%H:%M:%SZ
date -u -d @1700000000 +%F
echo -e 'a\tb'
echo -n; echo -n a; echo
cut -d, -f2 <<< a,b,c
cut -c1-3 <<< abcdef
sort <<< "$(printf 'b\na\n')"
unset X; echo "[$X]"
export E=exported; echo $E
true; echo "$?"
cat > doc.json <<'END'
{"a": "$X"}
END
cat doc.json
cat <<END
value: ${E}
END
: ; echo $?
